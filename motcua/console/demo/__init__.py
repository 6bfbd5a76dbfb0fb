"""The demo province: agencies from the unit tree, invented people, worked-out procedures, dossiers with a true past.

Everything that is data lies in the folder `demo/` of the repository and in the section ``[demo]`` of the province's
preset; here is only how it is read and played. Nothing is written past the rooms' own verbs except rows in bulk that
have no verb (agencies, offerings), and every row of a person or a dossier carries ``is_demo``.
"""
