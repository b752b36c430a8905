"""The papers of a parcel that goes back, for whoever has the page of its claim."""

from flask import Response

from plugin.domain.ids import LabelId
from plugin.domain.returning.errors import UnknownLabel
from plugin.domain.shopper_session import NoSuchPage
from plugin.ports.return_papers import ReturnPapers
from plugin.usecases.draw_return_papers import customs_pdf, label_pdf, slip_pdf
from plugin.usecases.prove_shopper import read_claim, read_label
from plugin.web.deps import deps
from plugin.web.portal.visit import Visit, visit

_PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def show(shop_key: str, token: str, label: str, kind: str) -> Response:
    """One paper as PDF. Raises `NoSuchPage` for a label of another claim and for a paper there is not."""
    at, needs = visit(shop_key), deps()
    claim = read_claim(needs.secrets, at.shop.id, token)
    with needs.units.read(at.shop.merchant) as unit:
        known = {each.id for each in unit.labels.of_claim(claim)}
    if label not in known or needs.return_papers is None:
        raise NoSuchPage
    content = _drawn(at, LabelId(label), kind, needs.return_papers)
    if content is None:
        raise NoSuchPage
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{kind}.pdf"'}
    return Response(content, content_type="application/pdf", headers=headers)


def label(shop_key: str, token: str) -> Response:
    """A label as PDF, for whoever the shop's platform shows its address. Raises `NoSuchPage` once it is of no use."""
    at, needs = visit(shop_key), deps()
    named = read_label(needs.secrets, at.shop.id, token)
    content = None if needs.return_papers is None else _drawn(at, named, "label", needs.return_papers)
    if content is None:
        raise NoSuchPage
    headers = {**_PRIVATE, "Content-Disposition": 'attachment; filename="label.pdf"'}
    return Response(content, content_type="application/pdf", headers=headers)


def _drawn(at: Visit, label: LabelId, kind: str, papers: ReturnPapers) -> bytes | None:
    needs, merchant = deps(), at.shop.merchant
    try:
        match kind:
            case "slip":
                return slip_pdf(label, merchant=merchant, units=needs.units, papers=papers)
            case "label":
                files = needs.evidence.files
                return label_pdf(label, merchant=merchant, units=needs.units, files=files, papers=papers).content
            case "customs":
                return customs_pdf(label, merchant=merchant, units=needs.units, papers=papers)
            case _:
                return None
    except UnknownLabel as error:
        raise NoSuchPage from error
