"""A folder of Polis' files as one conversation, and whom it is owed to."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from discussion.polis.conversation import bytes_of, read_folder
from discussion.polis.files import UnreadableFileError
from discussion.polis.owed import MARK, attribution_in, find_attribution
from discussion.polis.reading import read_votes
from tests.polis.conversations import FOLDER, gathered, read_file

COMMENTS = "comment-id,moderated,comment-body\n0,1,a\n1,-1,b\n"
VOTES = "timestamp,comment-id,voter-id,vote\n"


def folder_of(path: Path, **files: str) -> Path:
    for name, words in files.items():
        (path / f"{name.replace('_', '-')}.csv").write_text(words, encoding="utf-8")
    return path


def test_the_latest_votes_are_those_of_the_published_table() -> None:
    found = read_folder(FOLDER / "biodiversity")
    table = read_file("biodiversity", "participants-votes", read_votes)
    published = {
        (table.participants[person], table.statements[column], vote)
        for person, said in gathered(table).rows()
        for column, vote in said
    }
    assert published == {
        (found.participants[person], found.columns[column], vote)
        for person, said in found.votes.rows()
        for column, vote in said
    }
    assert (found.n_rows, found.n_votes, found.says) == (29_802, 29_719, ())
    assert list(found.participants) == sorted(found.participants, key=int)
    assert (found.began, found.ended) == (1564963367843, 1569214726309)


def test_statements_without_a_row_are_kept_out_and_without_words(tmp_path: Path) -> None:
    found = read_folder(folder_of(tmp_path, comments=COMMENTS, votes=VOTES + "5,7,x,1\n"))
    assert [(c.id, c.is_out, c.body) for c in found.comments] == [
        ("0", False, "a"), ("1", True, "b"), ("7", True, ""),
    ]  # fmt: skip
    assert found.without_row == {"7"}
    assert found.began is None  # 5 ms after 1970 is no moment at which Polis was used


def test_files_that_differ_are_said_to(tmp_path: Path) -> None:
    table = "participant,0,1\nx,1,\ny,-1,-1\nz,,\n"
    votes = VOTES + "1,0,x,1\n2,0,y,-1\n3,1,y,-1\n"
    assert read_folder(folder_of(tmp_path, comments=COMMENTS, votes=votes,
                                 participants_votes=table)).says == ()  # fmt: skip
    found = read_folder(folder_of(tmp_path, votes=votes[:-8]))
    assert len(found.says) == 1
    assert "3 votes of 3 participants" in found.says[0]
    assert found.n_votes == 2


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "has no comments.csv"),
        ({"comments": COMMENTS}, "neither votes.csv nor participants-votes.csv"),
        ({"comments": "x\n", "votes": VOTES}, "comments.csv cannot be read: it has no columns"),
        ({"comments": "", "votes": VOTES}, "comments.csv cannot be read: it is empty"),
        ({"comments": COMMENTS, "votes": "x\n"}, "votes.csv cannot be read: it has neither"),
        ({"comments": COMMENTS, "votes": VOTES + "1,100000,x,1\n"}, "more than 5 digits"),
    ],
)
def test_what_is_no_conversation_is_refused(
    files: dict[str, str], says: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFileError, match=says):
        read_folder(folder_of(tmp_path, **files))
    with pytest.raises(UnreadableFileError, match="There is no folder"):
        read_folder(tmp_path / "nowhere")


DATED = "2026-06-19-1201-3phdex2kjf"
ONE_VOTE = VOTES + "1,0,x,1\n"
TABLE = "participant,0,1\nx,1,\n"


@pytest.mark.parametrize(
    "names",
    [
        (f"{DATED}-comments.csv", f"{DATED}-votes.csv"),
        (f"{DATED}-comments.csv", "2026-06-19-1202-3phdex2kjf-votes.csv"),
        (f"{DATED}-comments (1).csv", "votes.csv"),
        (f"{DATED}-comments.csv", f"{DATED}-participants-votes.csv"),
        (f"{DATED}-comments.csv", f"{DATED}-participant-votes.csv"),
        (f"{DATED}-comments - Copy.csv", f"{DATED}-votes - Copy (2).csv"),
        ("Comments.CSV", "Votes (1).csv"),
    ],
)
def test_names_that_polis_gives_downloads_are_known(names: tuple[str, str], tmp_path: Path) -> None:
    votes = TABLE if "participant" in names[1] else ONE_VOTE
    for name, words in zip(names, (COMMENTS, votes), strict=True):
        (tmp_path / name).write_text(words)
    (tmp_path / f"{DATED}-summary.csv").write_text("topic,x\n")
    assert read_folder(tmp_path).n_votes == 1
    assert bytes_of(tmp_path) == len(COMMENTS) + len(votes)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ((f"{DATED}-comments.csv", "2026-06-20-1201-3phdex2kjf-comments.csv", f"{DATED}-votes.csv"),
         "more than one comments.csv: .*06-19.*06-20"),
        ((f"{DATED}-comments.csv", "2026-06-19-1201-4abc-votes.csv"), "two conversations"),
        ((f"{DATED}-votes.csv",), "has no comments.csv"),
        ((f"{DATED}-comments.csv", "my-votes.csv"), "neither votes.csv nor .*my-votes.csv"),
        (("comments.xlsx", "votes.csv"), "has no comments.csv.* There is comments.xlsx: unpack"),
        (("export.zip", "votes.csv"), "has no comments.csv.* There is export.zip: unpack"),
        (("comments.csv.txt", "votes.csv"), "There is comments.csv.txt: .*as Polis does"),
    ],
)  # fmt: skip
def test_which_files_are_meant_is_never_guessed(
    names: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    for name in names:
        (tmp_path / name).write_text(COMMENTS if "comments" in name else ONE_VOTE)
    with pytest.raises(UnreadableFileError, match=says):
        read_folder(tmp_path)


@pytest.mark.parametrize("which", ["comments", "votes"])
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (lambda words: words.replace(",", ";").encode(), "parted by semicolons"),
        (lambda words: words.replace(",", "\t").encode("utf-8-sig"), "parted by tabs"),
        (lambda words: words.encode("utf-16"), "UTF-16"),
        (lambda words: words.encode("utf-16-be"), "UTF-16"),
        (lambda words: words.replace(",", "\t").encode("utf-16-le"), "UTF-16"),
        (lambda _words: b"PK\x03\x04 and more", "a spreadsheet or a zip file"),
        (lambda words: gzip.compress(words.encode()), "let its name end with .gz"),
    ],
)
def test_a_file_in_another_dress_is_told_what_is_wrong(
    which: str, changed: Callable[[str], bytes], says: str, tmp_path: Path
) -> None:
    for name, words in (("comments", COMMENTS), ("votes", ONE_VOTE)):
        (tmp_path / f"{name}.csv").write_bytes(changed(words) if name == which else words.encode())
    with pytest.raises(UnreadableFileError, match=f"{which}.csv cannot be read: .*{says}"):
        read_folder(tmp_path)


def test_a_readme_says_whom_the_data_is_owed_to(tmp_path: Path) -> None:
    assert find_attribution(FOLDER).endswith("/2021-san-juan-island")
    assert find_attribution(tmp_path) == ""
    (tmp_path / "README.txt").write_text(f"Hello.\n\n{MARK} Scoop,\nCC BY 4.0\n\nMore.\n")
    assert find_attribution(tmp_path) == "Scoop, CC BY 4.0"


def test_a_statement_without_its_links_is_not_enough() -> None:
    says = "Data was gathered using the Polis software … at the following link(s):"
    assert attribution_in(f"x\n\n{says}\n\n<links to case studies>\n") == ""
    assert attribution_in(f"{says}\n\n* https://a.example/1\n") == f"{says} https://a.example/1"
