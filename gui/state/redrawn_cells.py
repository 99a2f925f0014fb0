"""Redrawn cells: the cells of fields that an edit of boxes adds to the image table or withdraws from it."""

from typing import TYPE_CHECKING, Any

from engine.project.decisions import BOX_FIELD, TAG_PREFIX

if TYPE_CHECKING:
    from engine.images.folder_names import FolderNames
    from engine.images.source import Source
    from engine.project.decisions import Edit
    from gui.state.image_table import ImageTable


def redraw_cells(
    table: "ImageTable", source: "Source | None", edit: "Edit", folder_names: "FolderNames"
) -> bool:
    """Take over boxes that an edit changed; return whether there are any."""
    if not any(change.field == BOX_FIELD for change in edit.changes):
        return False
    from engine.fields.field_source import FieldSource
    from engine.images.folder_names import label_by_folder_names
    from engine.project.cell_boxes import changed_boxes

    if not isinstance(source, FieldSource):
        return False
    withdrawn, added = [], []
    for field_path, records in source.redraw(changed_boxes(edit)).items():
        paths = {record.path for record in records}
        # Decided cells stay beside a drawn box, as at the next start.
        withdrawn += [
            path
            for path in table.cell_paths(field_path)
            if path not in paths and not _is_decided_after(table, edit, path)
        ]
        added += [
            label_by_folder_names(record, folder_names)
            for record in records
            if record.path not in table
        ]
    table.redraw(withdrawn, added)
    return True


def _is_decided_after(table: "ImageTable", edit: "Edit", path: str) -> bool:
    """Return whether anything is decided about a cell once an edit is applied."""
    row = table.row(path)
    if row is None:
        return False
    item = table.item(row)
    values: dict[str, Any] = {
        "label": item.label,
        "removed": item.removed,
        "note": item.note,
        **{f"{TAG_PREFIX}{tag}": True for tag in item.tags},
    }
    for change in edit.changes:
        if change.path == path and change.field != BOX_FIELD:
            values[change.field] = change.new
    return any(values.values())
