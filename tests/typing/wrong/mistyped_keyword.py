"""A mistyped keyword of `where` is found before anything runs."""

import sanctionslib as sl

found = sl.sample().where(progam="GLOMAG")  # error
