"""The machines' face: the same acts, permissions and refusals as the pages, in JSON."""
