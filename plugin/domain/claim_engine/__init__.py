"""What the rules decide of a claim by themselves, and what they tell the person who decides the rest.

`judge` asks small checks, one file each (`checks/`), about one line of a claim (`question`): approved when all say yes,
a person's as soon as one of them wants a person, refused only where no right by law can be at stake
(`outside_the_law`). `suggestion` orders what may be offered by what it costs, `safety` and `urgency` say what cannot
wait, `abuse` explains what looks unusual. None of it takes a right away.
"""
