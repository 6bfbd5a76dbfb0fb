"""`make bench N=100000`: the whole product on a throw-away database, measured over HTTP as browsers use it."""
