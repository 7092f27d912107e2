"""Boxes of choices whose texts change, as in another language: Streamlit tells a choice by its text."""

from streamlit.testing.v1 import AppTest

TEXTS = {"en": {"apple": "Apple", "pear": "Pear"}, "ko": {"apple": "사과", "pear": "배"}}


def script() -> None:
    import streamlit as st

    from tests.ui.shell.test_boxes import TEXTS
    from ui.shell.boxes import choose
    from ui.shell.language import speak

    language = st.session_state.setdefault("now", "en")
    speak(language)
    st.session_state.setdefault("fruit", "pear")
    st.session_state.setdefault("fruits", ["pear"])
    for box, key in ((st.selectbox, "fruit"), (st.multiselect, "fruits")):
        choose(box, "Fruit", list(TEXTS["en"]), key=key, format_func=lambda name: TEXTS[language].get(name, name))


def test_the_browser_is_told_in_another_language_what_is_chosen():
    app = AppTest.from_function(script).run().run()
    assert not app.selectbox[0].proto.set_value, "once is enough"
    app.session_state["now"] = "ko"
    app.run()
    assert (app.selectbox[0].proto.set_value, app.selectbox[0].proto.raw_value) == (True, "배")
    assert (app.multiselect[0].proto.set_value, list(app.multiselect[0].proto.raw_values)) == (True, ["배"])
    assert (app.session_state["fruit"], app.session_state["fruits"]) == ("pear", ["pear"])


def test_a_text_of_the_language_before_that_still_comes_changes_nothing():
    app = AppTest.from_function(script).run()
    app.session_state["now"] = "ko"
    app.run()
    for box, sent in ((app.selectbox[0], "Pear"), (app.multiselect[0], ["Pear"])):
        box.options.append("Pear")
        box.set_value(sent)
    app.run()
    assert (app.session_state["fruit"], app.session_state["fruits"]) == ("pear", ["pear"])
    assert app.selectbox[0].proto.raw_value == "배"


def test_another_choice_counts():
    app = AppTest.from_function(script).run()
    app.selectbox[0].set_value("apple")
    app.multiselect[0].set_value([])
    app.run()
    assert (app.session_state["fruit"], app.session_state["fruits"]) == ("apple", [])
