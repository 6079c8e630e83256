"""Forms of an answer: the file name is the name of the form, and `blocks(answer, above)` gives its text.

`above` is what stands above it already: the head of the document. `DENSE` says whether it is to fit on one page. Its
kind, its title and the name of its file stand in the languages under `answers`.
"""
