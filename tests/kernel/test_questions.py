"""Questions are asked once, what holds outside a binder holds inside, and only a yes rests on hypotheses."""

from __future__ import annotations

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.questions import Questions, tracked
from symbolic_mqb.notation.language import symbols

x, y = symbols("x y", "real")
given = x > 0


class Asked(Questions):
    """Facts, each with the hypotheses that it rests on, and a list of what was looked up."""

    def __init__(self, facts, outer=None):
        self.used, self.answers, self.outer = set(), {}, outer
        self.facts, self.asked = facts, []

    @tracked
    def holds(self, what):
        self.asked.append(what)
        if what == "undefined":
            raise Refused("not defined")
        self.used |= self.facts.get(what, set())
        return what in self.facts

    @tracked
    def fails(self, what):
        return not self.holds(what)

    @tracked
    def circular(self, what):
        return self.circular(what)


def test_an_answer_is_kept_with_what_it_rests_on():
    context = Asked({"p": {given}, "q": set()})
    for _ in range(2):
        context.used = set()
        assert context.holds("p")
        assert context.used == {given}
        context.used = {y > 0}
        assert context.holds("q")
        assert context.used == {y > 0}
        assert not context.holds("r")
        assert context.used == {y > 0}
    assert context.asked == ["p", "q", "r"]
    assert not context.fails("p")
    assert context.fails("r")


def test_what_a_refused_answer_used_is_forgotten():
    context = Asked({"p": {given}})
    assert not context.fails("p")
    assert context.used == set()


def test_what_is_not_defined_has_no_property():
    assert not Asked({}).holds("undefined")


def test_a_question_that_leads_back_to_itself_has_no_answer():
    assert not Asked({}).circular("p")


def test_what_holds_outside_holds_inside_and_is_not_asked_again():
    outside = Asked({"p": {given}, "q": set()})
    between, inside = Asked({}, outside), None
    inside = Asked({}, between)
    for what in ("p", "q"):
        assert outside.holds(what)
        assert inside.holds(what)
    assert inside.used == {given}
    assert inside.asked == between.asked == []


def test_what_is_not_known_outside_may_hold_inside():
    outside = Asked({})
    assert not outside.holds("p")
    assert Asked({"p": set()}, outside).holds("p")


def test_an_answer_does_not_change():
    outside = Asked({"p": {given}})
    inside = Asked({}, outside)
    assert not inside.holds("p")
    assert outside.holds("p")
    assert not inside.holds("p")
