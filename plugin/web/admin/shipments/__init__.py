"""Parcels as agents see them: the list across all shops, one parcel, and what somebody knows of it or sets right."""

from plugin.web.admin.shipments import changes, listing, parcel

ROUTES = (
    ("/shipments", "shipments", listing.index, "GET"),
    ("/shipments/undo", "undo_parcel", changes.undo, "POST"),
    ("/shipments/<shipment>", "shipment", parcel.show, "GET"),
    ("/shipments/<shipment>/reports", "report_parcel", changes.report, "POST"),
    ("/shipments/<shipment>/reports/<report>/strike", "strike_report", changes.strike, "POST"),
    ("/shipments/<shipment>/numbers", "correct_parcel", changes.correct, "POST"),
)
"""Address below /admin, endpoint, view and method of every page."""
