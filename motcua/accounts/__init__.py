"""People and organisations who log in, their tokens, and the counters that slow guessing down."""
