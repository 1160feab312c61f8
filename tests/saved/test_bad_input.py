"""Whatever is typed beside saved things: a clear answer, and nothing of it comes back alive."""

from app.saved import openings
from tests.people import make_opening
from tests.test_bad_input import acting_forms, spoil


def test_every_form_of_the_saved_takes_anything(visit, ana, sam, keep, clock):
    opening = make_opening(sam)
    openings.save(ana, opening, None, now=clock.now())
    search = f"/saved/searches/{keep('format=group').id}"
    member = visit(ana)
    forms = acting_forms(member, ["/openings?format=individual", "/saved", f"{search}/edit"])
    note, gone = f"/saved/openings/{opening.id}/note", f"/saved/openings/{opening.id}/removal"
    assert {note, gone, "/saved/searches", search, f"{search}/removal"} <= {form.action.split("?")[0] for form in forms}
    for form in sorted(forms, key=lambda form: form.action.endswith("/removal")):  # what deletes comes last
        spoil(member, form)
