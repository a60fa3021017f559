"""What higher rooms answer to lower ones, from the ground upwards."""

from discussion.wiring.desk import answer_desk
from discussion.wiring.hearing import answer_hearing
from discussion.wiring.later import answer_jobs
from discussion.wiring.pages import answer_doorway, answer_shell, answer_templates
from discussion.wiring.rooms import (
    answer_database,
    answer_debate,
    answer_people,
    answer_rights,
    answer_series,
    answer_threads,
)
from discussion.wiring.writing import answer_as_writing


def register_rooms() -> None:
    """What higher rooms answer to lower ones: the one list of them; see `registers.py`.

    Grouped by the place that asks, from the ground upwards; one line a question.
    """
    answer_database()
    answer_as_writing()
    answer_jobs()
    answer_hearing()
    answer_doorway()
    answer_shell()
    answer_templates()
    answer_people()
    answer_series()
    answer_debate()
    answer_threads()
    answer_rights()
    answer_desk()
