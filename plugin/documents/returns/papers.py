"""The papers of a return, given together to whoever hands them out."""

from plugin.documents.returns.customs import customs_pdf
from plugin.documents.returns.label import address_label_pdf, picture_label_pdf
from plugin.documents.returns.manifest import manifest_pdf
from plugin.documents.returns.slip import slip_pdf
from plugin.ports.return_papers import ReturnPapers

RETURN_PAPERS = ReturnPapers(slip_pdf, address_label_pdf, picture_label_pdf, customs_pdf, manifest_pdf)
