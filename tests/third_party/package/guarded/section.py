"""How many ways of playing there are, and on how many of them the outcome comes about."""

from strategy.report.section import Section


def find(question):
    form = question.model.form
    plays = list(form.plays())
    return len(plays), sum(question.outcome.holds(play) for play in plays)


def data(found):
    return {"plays": found[0], "with_the_outcome": found[1]}


SECTION = Section(key="plays", title="Every way of playing it", find=find, data=data)
