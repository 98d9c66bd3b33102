"""How well the intake reads: precision and recall of each field on texts that are marked by hand.

``texts/train`` is what the rules were made with; ``texts/held`` was written before them and looked
at afterwards; ``texts/unseen`` is by somebody else, and whoever makes rules leaves it unread: only
its figures are looked at. ``texts/usual`` came last, of the kind that ministries write most, and no
rule was changed after it. ``heads.txt`` has sentences that introduce heads.

A text's file begins with what a person reads in it, a line a value, named as the flat sheet's
columns are; beneath ``---`` stands the text. A list has a line for each of its values; of a
sentence its beginning is enough. What is not named there must not be proposed.
"""
