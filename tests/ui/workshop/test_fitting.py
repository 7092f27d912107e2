"""How large a question's words stand on the wall: a browser test looks whether they fit."""

import pytest

from ui.workshop.fitting import sizes, width_of

SHORT = ("Which is best?", "Two networks.", ("ReLU", "Tanh"))


def test_what_fits_has_its_usual_size():
    assert sizes(*SHORT) == {"question": 1, "view": 1, "answers": 1, "columns": 1, "rows": 2, "lines": 1}


@pytest.mark.parametrize(("place", "size"), [(0, "question"), (1, "view")])
def test_four_times_as_many_words_as_fit_have_half_the_size(place, size):
    words = list(SHORT)
    words[place] = "가" * 400
    once = sizes(*words)[size]
    words[place] *= 4
    assert sizes(*words)[size] == pytest.approx(once / 2)


@pytest.mark.parametrize(("answers", "columns", "rows"), [(0, 1, 1), (1, 1, 1), (5, 1, 5), (6, 2, 3), (9, 2, 5)])
def test_many_answers_stand_in_two_columns(answers, columns, rows):
    found = sizes("Which?", "", ("ReLU",) * answers)
    assert (found["columns"], found["rows"]) == (columns, rows)


def test_a_long_answer_has_two_lines_and_a_longer_one_smaller_letters():
    two, longer = (sizes("Which?", "", ("ReLU", "a" * letters)) for letters in (60, 120))
    assert (two["lines"], two["answers"]) == (2, 1)
    assert longer["lines"] == 2 and 0.5 < longer["answers"] < 1


def test_korean_letters_are_twice_as_wide():
    assert width_of("신경망") == pytest.approx(2 * width_of("abc"), rel=0.05)
