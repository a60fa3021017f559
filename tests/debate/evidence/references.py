"""References as people's programs give them, with what each must come to."""

from datetime import date
from typing import Any

ADA, BASIL, CORA = "Marlow, Ada", "Reed, Basil", "Snow, Cora"
LONG_TITLE = " ".join(["A very long title"] * 40)
LONG_LIST = " and ".join(f"Marlow{n}, Ada" for n in range(120))

# name: (what is pasted, the draft's fields; of several entries a list of them)
READ: dict[str, tuple[str, Any]] = {
    "an ampersand as it is": (
        "@article{a,\n title={Teaching & Learning},\n author={Department for Education & Skills},"
        "\n journal={Teaching & Learning},\n year={2019}\n}",
        {"title": "Teaching & Learning", "publisher": "Teaching & Learning", "year": 2019,
         "authors": ("Department for Education & Skills",)},
    ),
    "authors parted by commas": (
        "@article{m, title={T}, author={Ada Marlow, Basil Reed, Cora Snow}, year=2021}",
        {"authors": (ADA, BASIL, CORA), "year": 2021},
    ),
    "authors parted by commas and initials": (
        "@article{m, title={T}, author={Marlow, A., Reed, B. C. and Snow, C.}}",
        {"authors": ("Marlow, A.", "Reed, B. C.", "Snow, C.")},
    ),
    "authors parted by semicolons": (
        "@article{m, title={T}, author={Marlow, Ada; Reed, Basil}}", {"authors": (ADA, BASIL)},
    ),
    "an organisation and others": (
        "@online{m, author={{The Schooling Team} and others}, title={T}, year={2013}}",
        {"authors": ("The Schooling Team",)},
    ),
    "et al. as an author": (
        "@article{m, title={T}, author={Marlow, Ada and et al.}}", {"authors": (ADA,)},
    ),
    "u.a. behind the last": (
        "@article{m, title={T}, author={Marlow, Ada u.a.}}", {"authors": (ADA,)},
    ),
    "two entries with one key": (
        "@article{a,title={One},year=2016}\n@article{a,title={Two},year=2017}",
        [{"title": "One", "year": 2016}, {"title": "Two", "year": 2017}],
    ),
    "a chapter": (
        "@incollection{m, title={Chapter}, author={Marlow, Ada}, booktitle={Handbook},"
        " editor={Reed, Basil}, pages={1--9}, year=2016, publisher={Fenwick}}",
        {"publisher": "Handbook, 1–9. Fenwick", "authors": (ADA,),
         "citation": "Marlow, Ada (2016) Chapter. Handbook, 1–9. Fenwick. Edited by: Reed, Basil."},
    ),
    "a paper in proceedings": (
        "@inproceedings{m, title={Paper}, author={Marlow, Ada}, pages={1--9}, year=2016,"
        " booktitle={Proceedings of the Conference on Grouping}, publisher={Fenwick}}",
        {"publisher": "Proceedings of the Conference on Grouping, 1–9. Fenwick"},
    ),
    "a comma that was forgotten": (
        "@article{a,\n title={Missing comma}\n year={2016}\n}",
        {"title": "Missing comma", "year": 2016},
    ),
    "a comma that was forgotten before an abbreviation": (
        "@string{jt={J Teach}}\n@article{a\n title={T},\n journal=jt\n year=2016}",
        {"title": "T", "year": 2016, "publisher": "J Teach"},
    ),
    "an address in a note": (
        r"@misc{m, title={T}, note={Available at \url{https://example.org/a_x}}, year=2016}",
        {"url": "https://example.org/a_x", "citation": ""},
    ),
    "points at which a word may be parted": (
        r"@article{m, title={Hyph\-en\-ation points}, author={Marlow, Ada}}",
        {"title": "Hyphenation points"},
    ),
    "parts joined by #": (
        '@string{jt = "J Teach"}\n@article{a, title = "A " # {b} # " c", journal = jt # "ing"}',
        {"title": "A b c", "publisher": "J Teaching"},
    ),
    "a field twice": ("@article{a, title={One}, title={Two}}", {"title": "One"}),
    "a name that begins with an accent": (
        r"@article{a, title={T}, author={{\'E}mile Zola and Ji{\v r}{\'\i} Nov{\'a}k and "
        r"{\O}yvind {\O}stby and \c{S}ule G{\"o}k{\c c}e and Stra{\ss}, \L{}ukasz}}",
        {"authors": ("Zola, Émile", "Novák, Jiří", "Østby, Øyvind", "Gökçe, Şule",
                     "Straß, Łukasz")},
    ),
    "particles and suffixes": (
        "@article{a, title={T}, author={Ada van der Berg and van der Berg, Ada and "
        "King, Jr., Martin Luther and Martin Luther King, Jr. and de Souza}}",
        {"authors": ("van der Berg, Ada", "van der Berg, Ada", "King, Martin Luther, Jr.",
                     "King, Martin Luther, Jr.", "de Souza")},
    ),
    "organisations in braces": (
        "@article{a, title={T}, author={{Barnes and Noble} and {{OECD}}}}",
        {"authors": ("Barnes and Noble", "OECD")},
    ),
    "a book that a chapter refers to": (
        "@incollection{c, title={Chapter}, author={Marlow, Ada}, pages={1-9}, crossref={b}}\n"
        "@book{b, title={Handbook}, editor={Reed, Basil}, publisher={Fenwick}, year=2016}",
        [{"title": "Chapter", "publisher": "Handbook, 1–9. Fenwick", "year": 2016},
         {"title": "Handbook", "authors": (BASIL,)}],
    ),
    "arXiv, edition and ISBN": (
        "@book{a, title={T}, year=2020, publisher={P}, edition={2}, isbn={978-1-2345-6789-7},"
        " eprint={2101.01234}, archiveprefix={arXiv}}",
        {"url": "https://arxiv.org/abs/2101.01234", "publisher": "P",
         "citation": "(2020) T. P. arXiv:2101.01234. edition 2. ISBN 978-1-2345-6789-7."},
    ),
    "marks of LaTeX": (
        r"@article{a, title={{T}he ``quick'' \emph{fox} --- 50\% of H$_2$O, $\alpha$ and \$5 "
        r"\& more: na{\"\i}ve}}",
        {"title": "The “quick” fox — 50% of H2O, α and $5 & more: naïve"},
    ),
    "round brackets, comments and no key": (
        "% a comment\n@comment{jabref}\n@article(title={One (1)},\n % year = 1999,\n year=2001)",
        {"title": "One (1)", "year": 2001},
    ),
    "quotation marks that a word processor made": (
        "@article{a, title = “A title, with a comma”, year = “2019”}",
        {"title": "A title, with a comma", "year": 2019},
    ),
    "an entry without its last brace": (
        "@article{a, title={One}, author={Marlow, Ada},\n year=2016\n",
        {"title": "One", "year": 2016},
    ),
    "RIS with editors alone": (
        "TY  - EDBOOK\nTI  - Edited volume\nA2  - Marlow, Ada\nED  - Reed, Basil\nPY  - 2019\n"
        "PB  - Fenwick Press\nER  - ",
        {"authors": (ADA, BASIL), "publisher": "Fenwick Press"},
    ),
    "RIS with an affiliation": (
        "TY  - JOUR\nTI  - T\nAU  - Marlow, Ada$Institute of Schooling\nAU  - Reed, Basil\nER  - ",
        {"authors": (ADA, BASIL)},
    ),
    "RIS with all authors in one tag": (
        "TY  - JOUR\nTI  - T\nAU  - Marlow, Ada and Reed, Basil and Snow, Cora\nER  - ",
        {"authors": (ADA, BASIL, CORA)},
    ),
    "RIS with an organisation that has an and": (
        "TY  - RPRT\nTI  - T\nAU  - Department for Education and Skills\nAU  - Ofsted,\nER  - ",
        {"authors": ("Department for Education and Skills", "Ofsted")},
    ),
    "RIS with a book's title in BT": (
        "TY  - BOOK\nBT  - A book by BT\nAU  - Marlow, Ada\nPY  - 2012\nER  - ",
        {"title": "A book by BT", "year": 2012},
    ),
    "RIS with a chapter": (
        "TY  - CHAP\nTI  - C\nT2  - Handbook\nA2  - Reed, Basil\nSP  - 1\nEP  - 9\nPB  - Fenwick"
        "\nER  - ",
        {"title": "C", "publisher": "Handbook, 1–9. Fenwick",
         "citation": "(no date) C. Handbook, 1–9. Fenwick. Edited by: Reed, Basil."},
    ),
    "RIS with a DOI in N1": (
        "TY  - JOUR\nTI  - T\nN1  - doi:10.1000/182\nPY  - 2019\nER  - ",
        {"doi": "10.1000/182", "citation": ""},
    ),
    "RIS with a DOI in M3": (
        "TY  - JOUR\nTI  - T\nM3  - doi:10.1000/182\nER  - ", {"doi": "10.1000/182"},
    ),
    "RIS with a DOI in L3": (
        "TY  - JOUR\nTI  - T\nL3  - https://dx.doi.org/10.1000/182\nER  - ",
        {"doi": "10.1000/182", "url": ""},
    ),
    "RIS with a DOI in its address": (
        "TY  - JOUR\nTI  - T\nUR  - https://journals.example/doi/full/10.1000/182\nER  - ",
        {"doi": "10.1000/182", "url": "https://journals.example/doi/full/10.1000/182"},
    ),
    "RIS with entities": (
        "TY  - JOUR\nTI  - Reading &amp; writing: what&#39;s next &lt;Part 2&gt;\n"
        "AU  - O&#39;Neil, Ada\nER  - ",
        {"title": "Reading & writing: what's next <Part 2>", "authors": ("O'Neil, Ada",)},
    ),
    "RIS with HTML": (
        "TY  - JOUR\nTI  - A <i>very</i> long <sup>2</sup> &lt;b&gt;view&lt;/b&gt;\nER  - ",
        {"title": "A very long 2 view"},
    ),
    "RIS with J2 alone": ("TY  - JOUR\nTI  - T\nJ2  - J Teach\nER  - ", {"publisher": "J Teach"}),
    "RIS with JA alone": ("TY  - JOUR\nTI  - T\nJA  - J Teach\nER  - ", {"publisher": "J Teach"}),
    "RIS with two names of the journal": (
        "TY  - JOUR\nTI  - T\nJA  - J Teach\nJF  - Journal of Teaching\nER  - ",
        {"publisher": "Journal of Teaching"},
    ),
    "RIS that a browser indented": (
        "  TY  - JOUR\n  TI  - T\n  AU  - Marlow, Ada\n  PY  - 2017\n  ER  - ",
        {"title": "T", "authors": (ADA,), "year": 2017},
    ),
    "RIS in lower case": (
        "ty  - jour\nti  - T\nau  - Marlow, Ada\npy  - 2012\ner  - ",
        {"title": "T", "authors": (ADA,), "year": 2012},
    ),
    "RIS with the issue in M1": (
        "TY  - JOUR\nTI  - T\nJO  - J Teach\nVL  - 3\nM1  - 7\nER  - ",
        {"publisher": "J Teach 3(7)"},
    ),
    "RIS with spaces that do not break": (
        "TY\u00a0 - JOUR\nTI\u00a0 - T\nAU\u00a0\u00a0- Marlow, Ada\nER\u00a0 - ",
        {"title": "T", "authors": (ADA,)},
    ),
    "RIS with long dashes and tabs": (
        "TY\t–\tJOUR\nTI  – T\nAU — Marlow, Ada\nER  –", {"title": "T", "authors": (ADA,)},
    ),
    "RIS with old line ends": (
        "\ufeffTY  - JOUR\rTI  - T\rAU  - Marlow, Ada\rER  - \r", {"title": "T", "authors": (ADA,)},
    ),
    "two records of RIS with one end": (
        "TY  - JOUR\nTI  - First\nAU  - Marlow, Ada\nPY  - 2019\n\nTY  - JOUR\nTI  - Second\n"
        "AU  - Reed, Basil\nPY  - 2020\nER  - ",
        [{"title": "First", "authors": (ADA,)}, {"title": "Second", "authors": (BASIL,)}],
    ),
    "RIS with tags before the first": (
        "AU  - Marlow, Ada\nTY  - JOUR\nTI  - T\nER  - ", {"title": "T", "authors": (ADA,)},
    ),
    "RIS with lines that go on": (
        "TY  - JOUR\nTI  - A title\n  that goes on\nAB  - Words.\nwe - the authors - say\nER  - ",
        {"title": "A title that goes on"},
    ),
    "RIS with a date, an article's number and a file": (
        "TY  - JOUR\nTI  - T\nJO  - J\nVL  - 2\nC7  - e17\nPY  - 2021/05//\n"
        "L1  - file:///C:/Users/ada/a.pdf\nUR  - https://example.org/a\nER  - ",
        {"year": 2021, "publisher": "J 2, e17", "url": "https://example.org/a"},
    ),
    "letters that a program garbled": (
        "TY  - JOUR\nTI  - Donâ€™t: MÃ¼ller\nAU  - LaÅ¾etiÄ‡, P.\nER  - ",
        {"title": "Don’t: Müller", "authors": ("Lažetić, P.",)},
    ),
    "nbib": (
        "PMID- 31452104\nOWN - NLM\nLID - 10.1000/182 [doi]\nLID - S0140-6736 [pii]\n"
        "TI  - A trial of\n      reading.\nFAU - Marlow, Ada\nAU  - Marlow A\nFAU - Reed, Basil\n"
        "AU  - Reed B\nCN  - The Schooling Team\nDP  - 2019 May 3\nJT  - Journal of Teaching\n"
        "TA  - J Teach\nVI  - 3\nIP  - 7\nPG  - 10-20\nLA  - eng\nAB  - Long.",
        {"title": "A trial of reading", "authors": (ADA, BASIL, "The Schooling Team"),
         "year": 2019, "publisher": "Journal of Teaching 3(7), 10–20", "doi": "10.1000/182",
         "url": "https://pubmed.ncbi.nlm.nih.gov/31452104"},
    ),
    "two records of nbib, with short names": (
        "PMID- 1\nTI  - [One].\nAU  - Marlow A\n\nPMID- 2\nTI  - Two?\nAU  - van Reed BC\n",
        [{"title": "One", "authors": ("Marlow, A",)},
         {"title": "Two?", "authors": ("van Reed, BC",)}],
    ),
    "enw": (
        "%0 Journal Article\n%T A title\n%A Marlow, Ada\n%A Department for Education,\n"
        "%J J Teach\n%V 3\n%N 7\n%P 10-20\n%D 2019\n%R https://doi.org/10.1000/182\n"
        "%U https://example.org/a\n%X Abstract\n\n%0 Book\n%T Two\n%A Reed, Basil\n%I Fenwick\n"
        "%C London\n%@ 978-1-2345-6789-7\n",
        [{"title": "A title", "authors": (ADA, "Department for Education"), "year": 2019,
          "publisher": "J Teach 3(7), 10–20", "doi": "10.1000/182",
          "url": "https://example.org/a"},
         {"title": "Two", "publisher": "Fenwick",
          "citation": "Reed, Basil (no date) Two. Fenwick. London. ISBN 978-1-2345-6789-7."}],
    ),
    "CSL-JSON, one object": (
        '{"id": "x", "type": "article-journal", "title": "A <i>title</i>", "DOI": "10.1000/182",'
        ' "author": [{"family": "Marlow", "given": "Ada"}, {"literal": "The Schooling Team"},'
        ' {"family": "Berg", "given": "Bo", "non-dropping-particle": "van der", "suffix": "Jr"}],'
        ' "issued": {"date-parts": [["2019", 5]]}, "container-title": "J Teach", "volume": 3,'
        ' "issue": "7", "page": "10-20", "language": "de"}',
        {"title": "A title", "authors": (ADA, "The Schooling Team", "van der Berg, Bo, Jr"),
         "year": 2019, "publisher": "J Teach 3(7), 10–20", "doi": "10.1000/182", "language": "de"},
    ),
    "CSL-JSON, a list": (
        '[{"type": "report", "title": "One", "publisher": "P", "issued": {"literal": "2018"},'
        ' "institution": [{"name": "Q"}]}, {"type": "book", "title": "Two"}]',
        [{"title": "One", "year": 2018, "publisher": "P, Q"}, {"title": "Two"}],
    ),
    "typed as APA has it": (
        "Marlow, A., & Reed, B. C. (2019). Does it work? A view. Journal of Teaching, 3(7), 10–20."
        " https://doi.org/10.1000/182",
        {"title": "Does it work?", "authors": ("Marlow, A.", "Reed, B. C."), "year": 2019,
         "doi": "10.1000/182"},
    ),
    "typed as Harvard has it": (
        "Marlow, A. and Reed, B. (2019) ‘Reading in lessons’, Journal of Teaching, 3(7),"
        " pp. 10–20. doi:10.1000/182.",
        {"title": "Reading in lessons", "authors": ("Marlow, A.", "Reed, B."), "year": 2019,
         "publisher": "Journal of Teaching 3(7), 10–20", "doi": "10.1000/182"},
    ),
    "typed as Vancouver has it": (
        "12. Marlow A, Reed BC. Reading in lessons. J Teach. 2019;3(7):10-20. doi: 10.1000/182",
        {"title": "Reading in lessons", "authors": ("Marlow, A", "Reed, BC"), "year": 2019,
         "doi": "10.1000/182"},
    ),
    "typed as MLA has it": (
        "Marlow, Ada, and Basil Reed. “Reading in Lessons.” Journal of Teaching, vol. 3, no. 7,"
        " 2019, pp. 10–20, https://doi.org/10.1000/182.",
        {"title": "Reading in Lessons", "authors": (ADA, BASIL), "year": 2019,
         "doi": "10.1000/182"},
    ),
    "typed as IEEE has it": (
        "[1] A. Marlow and B. Reed, “Reading in lessons,” J. Teach., vol. 3, no. 7, pp. 10–20,"
        " May 2019, doi: 10.1000/182.",
        {"title": "Reading in lessons", "authors": ("Marlow, A.", "Reed, B."), "year": 2019,
         "publisher": "J. Teach 3(7), 10–20"},
    ),
    "a DOI alone": ("https://doi.org/10.1000/182", {"doi": "10.1000/182", "citation": ""}),
    "an address alone": ("https://example.org/a", {"url": "https://example.org/a"}),
    "arXiv in the journal's place": (
        "@article{a, title={T}, journal={arXiv preprint arXiv:2101.01234}}",
        {"url": "https://arxiv.org/abs/2101.01234"},
    ),
    "the day of reading in a note": (
        "@misc{a, title={T}, url={https://example.org/a}, note={Accessed: 4 March 2021}}",
        {"accessed_on": date(2021, 3, 4), "citation": ""},
    ),
    "an entry of a register": (
        "@article{Marlow_2019, doi = {10.1000/182}, url = {https://doi.org/10.1000%2F182},"
        " year = 2019, month = {may}, volume = {50}, number = {1}, pages = {1--17},"
        " author = {Ada Marlow and Basil A. Reed}, title = {T}, journal = {J Teach}}",
        {"doi": "10.1000/182", "url": "", "year": 2019, "publisher": "J Teach 50(1), 1–17",
         "authors": (ADA, "Reed, Basil A.")},
    ),
    "figures beside names": (
        r"@article{a, title={T}, author={Ada Marlow\textsuperscript{1,*} and Reed, Basil$^{2}$}}",
        {"authors": (ADA, BASIL)},
    ),
    "et al. in braces": (
        "@article{a, title={T}, author={Marlow, Ada and {et al.}}}", {"authors": (ADA,)},
    ),
    "authors parted by strokes": (
        "TY  - JOUR\nTI  - T\nAU  - Marlow, Ada / Reed, Basil\nER  - ", {"authors": (ADA, BASIL)},
    ),
    "entities that two programs wrote": (
        "TY  - JOUR\nTI  - A &amp;amp; B\nER  - ", {"title": "A & B"},
    ),
    "JSON with a comma too many": (
        '[{"title": "T", "author": [{"family": "al", "given": "et"},'
        ' {"literal": "Marlow, Ada; Reed, Basil"}]},]',
        {"title": "T", "authors": (ADA, BASIL)},
    ),
    "a numbered list in Vancouver's style": (
        "1. Marlow A. Reading in lessons. J Teach. 2019;1:1. doi:10.1000/1\n"
        "2. Reed B. Writing in lessons. J Teach. 2020;2:2. doi:10.1000/2",
        [{"title": "Reading in lessons", "authors": ("Marlow, A",), "year": 2019},
         {"title": "Writing in lessons", "authors": ("Reed, B",), "doi": "10.1000/2"}],
    ),
    "several formats in one": (
        "My list:\n\n@article{a, title={One}}\n\nTY  - JOUR\nTI  - Two\nER  - \n\n%0 Book\n"
        "%T Three\n\n[{\"title\": \"Four\"}]\n\nMarlow, A. (2019) Five words here. 10.1000/182\n",
        [{"title": "One"}, {"title": "Two"}, {"title": "Three"}, {"title": "Four"},
         {"title": "Five words here"}],
    ),
    "a month that has the year": (
        "@article{a, author={Marlow, Ada}, title={T}, month={May 2019}, journal={J}}",
        {"year": 2019},
    ),
    "a day of reading in brackets": (
        "@misc{a, title={T}, note={[Online; accessed 4-May-2020]},"
        " howpublished={Available: \\url{https://ex.example.org/}}, year={2020}}",
        {"accessed_on": date(2020, 5, 4), "citation": "", "publisher": ""},
    ),
    "a kind of thesis in BibLaTeX's words": (
        "@thesis{x, author={Marlow, Ada}, title={T}, type={phdthesis}, institution={Leeds},"
        " date={2018-11-01}}",
        {"citation": "Marlow, Ada (2018) T. Leeds. PhD thesis."},
    ),
    "an edition that is counted": (
        "@book{x, author={Marlow, Ada}, title={T}, edition={2nd}, year={2018}}",
        {"citation": "Marlow, Ada (2018) T. 2nd edition."},
    ),
    "a note beside a whole reference": (
        "@article{x, author={Marlow, Ada}, title={T}, journal={J}, note={Erratum in 4(2)}}",
        {"citation": "Marlow, Ada (no date) T. J. Erratum in 4(2)."},
    ),
    "somebody's private notes": (
        "@article{x, title={T}, annote={Weak. Ask Basil}}", {"citation": ""},
    ),
    "a number that tells people of one name apart": (
        "@article{x, title={T}, author={Ada Marlow 0001 and Basil Reed}}",
        {"authors": (ADA, BASIL)},
    ),
    "a name of its encoding": (
        "% Encoding: UTF-8\n@article{x, title={T}, author={Ada Marlow}}", {"authors": (ADA,)},
    ),
    "BibTeX quoted in a mail": (
        "> @article{a,\n>  title={T},\n>  author={Marlow, Ada}\n> }",
        {"title": "T", "authors": (ADA,)},
    ),
    "BibTeX in a fence": (
        "```bibtex\n@article{a,\n title={T},\n author={Marlow, Ada}\n}\n```", {"title": "T"},
    ),
    "RIS in one line": (
        "TY  - JOUR TI  - T AU  - Marlow, Ada PY  - 2017 ER  - ",
        {"title": "T", "authors": (ADA,), "year": 2017},
    ),
    "RIS with dashes in its abstract": (
        "TY  - JOUR\nTI  - T\nAB  - One\nIS - it so\nAU  - Marlow, Ada\nER  - ",
        {"authors": (ADA,), "citation": "", "publisher": ""},
    ),
    "RIS with what a database says of itself": (
        "TY  - JOUR\nTI  - T\nJO  - J\nBP  - p1-9\nN1  - Cited By :12\n"
        "N1  - Export Date: 4 May 2021\nER  - ",
        {"publisher": "J, 1–9", "citation": ""},
    ),
    "CSL-JSON with pandoc's frame": (
        '{"references":[{"type":"book","title":"T","author":[{"family":"Marlow","given":"Ada"}]}]}',
        {"title": "T", "authors": (ADA,)},
    ),
    "typed as MLA has it, with a month": (
        "Marlow, Ada, et al. “On Sets.” J Teach, vol. 12, no. 3, May 2019, pp. 1–9."
        " https://doi.org/10.1000/182.",
        {"authors": (ADA,), "publisher": "J Teach 12(3), 1–9", "year": 2019},
    ),
    "typed as Chicago has it": (
        "Marlow, Ada, Basil Reed, and Cora Snow. 2019. “On Sets.” J Teach 12 (3): 1–9."
        " https://doi.org/10.1000/182.",
        {"authors": (ADA, BASIL, CORA), "title": "On Sets", "year": 2019},
    ),
    "typed as Vancouver has it, with a month": (
        "1. Marlow AB, Reed BC, et al. On sets and streams. J Teach. 2019 Mar;12(3):1-9."
        " doi:10.1000/182",
        {"authors": ("Marlow, AB", "Reed, BC"), "publisher": "J Teach 12(3), 1–9"},
    ),
    "typed with initials first": (
        "A. Marlow, B. Reed, and C. Snow, “On sets and streams,” J. Teach., vol. 1, no. 2,"
        " pp. 3-4, May 2019, doi: 10.1000/182.",
        {"authors": ("Marlow, A.", "Reed, B.", "Snow, C.")},
    ),
    "typed with everyday names": (
        "Ada Marlow, Basil Reed, and Cora Snow (2020). On sets. Fenwick. doi:10.1000/182",
        {"authors": (ADA, BASIL, CORA)},
    ),
    "typed with names left out": (
        "Marlow, A., Reed, B., . . . Snow, C. (2019). On sets. J, 1(2), 3-4. doi:10.1000/182",
        {"authors": ("Marlow, A.", "Reed, B.", "Snow, C.")},
    ),
    "an address that was wrapped": (
        "@misc{x, title={T}, url={https://ex.example.org/long/\n   path.pdf}}",
        {"url": "https://ex.example.org/long/path.pdf"},
    ),
    "two addresses in two lines": (
        "@misc{x, title={T}, url={https://a.example.org/\n https://b.example.org/}}",
        {"url": "https://a.example.org/"},
    ),
    "CSL-JSON with a bare year": (
        '[{"type":"book","title":"T","issued":{"year":2018}}]', {"year": 2018},
    ),
    "typed with two shortened names": (
        "Marlow A, Reed B. On sets: a study. J Teach. 2019;12(3):e12-e19. doi:10.1000/182",
        {"authors": ("Marlow, A", "Reed, B"), "publisher": "J Teach 12(3), e12–e19"},
    ),
    "typed with a thesis in brackets": (
        "Marlow, A. (2018). On sets [Thesis, Leeds]. White Rose. https://doi.org/10.1000/182",
        {"title": "On sets [Thesis, Leeds]", "publisher": "White Rose"},
    ),
    "an organisation for two things": (
        "@book{x, title={T}, author={Centre for Research and Reform in Education}}",
        {"authors": ("Centre for Research and Reform in Education",)},
    ),
    "two organisations": (
        "@book{x, title={T}, author={Department for Education and Department of Health}}",
        {"authors": ("Department for Education", "Department of Health")},
    ),
    "an organisation and a foundation": (
        "@book{x, title={T}, author={Institute of Education and Foundation for Schools}}",
        {"authors": ("Institute of Education", "Foundation for Schools")},
    ),
    "typed with a DOI that was torn": (
        "Marlow, A. (2019). On sets. J, 1(2), 3-4. https://doi.org/10.1016/j.edu-\n"
        "rev.2019.100300",
        {"doi": "10.1016/j.edu-rev.2019.100300"},
    ),
}  # fmt: skip

# name: (what is pasted, words that must stand in its account)
TOLD: dict[str, tuple[str, str]] = {
    "a list that was cut": (
        f"@article{{m, title={{{LONG_TITLE}}}, author={{{LONG_LIST}}}}}",
        "60 of 120",
    ),
    "a title that was cut": (f"@article{{m, title={{{LONG_TITLE}}}}}", LONG_TITLE),
    "others who are not named": ("@a{m, title={T}, author={A, B and others}}", "others"),
    "a key that stands twice": ("@a{k, title={T}}\n@a{K, title={U}}", "Entry 1 has the same key"),
    "a DOI that stands twice": (
        "@a{a, title={T}, doi={10.1000/1}}\nTY  - JOUR\nTI  - U\nDO  - 10.1000/1\nER  - ",
        "Entry 1 has the same DOI",
    ),
    "a field twice": ("@a{a, title={One}, title={Two}}", "Two"),
    "a comma that was forgotten": ("@a{a, title={T}\n year={2016}}", "comma is missing"),
    "an abbreviation that is unknown": ("@a{a, title={T}, journal=jtea}", "jtea"),
    "a command that is unknown": (r"@a{a, title={T \strange{x}}}", r"\strange"),
    "a book that is not there": ("@a{a, title={T}, crossref={b}}", "refers to “b”"),
    "an abstract": ("TY  - JOUR\nTI  - T\nAB  - Some words.\nER  - ", "Some words."),
    "an unknown tag": ("TY  - JOUR\nTI  - T\nZZ  - What is it?\nER  - ", "What is it?"),
    "a file on somebody's disk": ("TY  - JOUR\nTI  - T\nL1  - file:///C:/a.pdf\nER  - ", "a.pdf"),
    "an affiliation": ("TY  - JOUR\nTI  - T\nAU  - M, A$Institute\nER  - ", "Institute"),
    "a record without an end": ("TY  - JOUR\nTI  - T\nTY  - JOUR\nTI  - U\nER  - ", "no end"),
    "two names in one": ("@a{a, title={T}, author={Ada Marlow, Basil Reed}}", "more than one"),
    "circa": ("@a{a, title={T}, year={circa 1999}}", "not certain"),
    "in press": ("TY  - JOUR\nTI  - T\nPY  - in press\nER  - ", "in press"),
    "two years": ("@a{a, title={T}, year={1998--2001}}", "several years"),
    "another address": ("@a{a, title={T}, url={https://a.org/x https://b.org/y}}", "b.org/y"),
    "a DOI that is none": ("@a{a, title={T}, doi={see the page}}", "see the page"),
    "garbled letters": ("TY  - JOUR\nTI  - MÃ¼ller\nER  - ", "garbled"),
    "keywords in JSON": ('{"title": "T", "keyword": "reading"}', "reading"),
    "words between": ("@a{a, title={T}}\n\nI like this one.", "I like this one."),
    "a title that nobody could tell": ("This has 10.1000/182 in it", "which words are the title"),
    "a month": ("@article{x, title={T}, year={2018}, month=sep}", "September"),
    "what Zotero calls creators": (
        '{"itemType":"book","title":"T","creators":[{"firstName":"Ada","lastName":"Marlow"}]}',
        "Marlow",
    ),
    "a name in its everyday order": (
        "TY  - JOUR\nTI  - T\nAU  - Ada Marlow\nER  - ",
        "If that is a person",
    ),
    "a DOI that was torn": ("Marlow (2019) On sets. 10.1016/j.edu-\nrev.2019", "was torn at"),
    "authors behind dots": (
        "Marlow, A., . . . Snow, C. (2019). On sets. J, 1(2). doi:10.1000/182",
        "were left out",
    ),
    "private notes": ("@article{x, title={T}, annote={Weak. Ask Basil}}", "Ask Basil"),
}

DOI = "10.1002/berj.3594"
DOIS = (
    "10.1002/\u200bberj.3594", "[10.1002/berj.3594]", "(10.1002/berj.3594)",
    "https://doi.org/doi:10.1002/berj.3594", "urn:doi:10.1002/berj.3594",
    "10.1002/berj.3594#sec2", "DO  - 10.1002/berj.3594 [doi]",
    "https://www.publisher.example/doi/full/10.1002/berj.3594",
    "https://www.publisher.example/doi/pdf/10.1002/berj.3594?download=true",
    "https://link.example/article/10.1002/berj.3594/fulltext.html",
    "https://x.example/article?id=10.1002/berj.3594&type=printable",
    "https://doi-org.proxy.example.ac.uk/10.1002/BERJ.3594", "doi.org/10.1002%2Fberj.3594",
    "DOI:https://doi.org/10.1002/BERJ.3594.", "<https://doi.org/10.1002/berj.3594>",
    "info:doi/10.1002/berj.3594", "“10.1002/berj.3594”", "10.1002 / berj.3594",
    "10.1002/berj\u00ad.3594", "https://doi.org/10.1002/berj.3594?utm_source=a",
    "[it](https://doi.org/10.1002/berj.3594)", "DOI10.1002/berj.3594", "１０.1002／berj.3594",
    "https://doi.org/10.1002/berj.3594/", "Marlow (2020) It. doi: 10.1002/berj.3594.",
    "https://x.example/10.1002/berj.3594.pdf", "10.1002/berj.3594</p>",
)  # fmt: skip
