"""Label origins: single or bulk edits, with undo and redo."""

from project_helpers import link_folder, write_images

from engine.project.decisions import BULK_REASON
from engine.project.project import Project
from engine.project.reviewers import LabelOrigin


def test_label_origins_follow_bulk_edits_undo_and_redo(tmp_path):
    folder = tmp_path / "images"
    write_images(folder, **{name: name for name in "abcdef"})
    with Project.create(tmp_path / "p.bloodbench", "p") as project:
        link_folder(project, folder)

        def give(action, classes):
            changes = [(f"{name}.jpg", "label", label) for name, label in classes.items()]
            return project.apply(action, changes, who="Ada")

        give("label", {"a": "monocyte"})
        give("confirm", dict.fromkeys("abc", "basophil"))
        give("confirm", {"d": "basophil"})
        together = LabelOrigin("confirm", 3)
        assert project.label_origins() == {
            "a.jpg": together, "b.jpg": together, "c.jpg": together, "d.jpg": LabelOrigin("confirm", 1),
        }  # fmt: skip
        assert together.is_bulk_confirmed
        assert not together.is_single
        assert LabelOrigin("label", 3).is_bulk_confirmed is False
        assert LabelOrigin("confirm", 1).is_bulk_confirmed is False

        project.undo("Ada")
        assert "d.jpg" not in project.label_origins()
        project.undo("Ada")
        assert project.label_origins() == {"a.jpg": LabelOrigin("label", 1)}
        project.redo("Ada")
        assert project.label_origins()["a.jpg"] == together
        project.undo("Ada")
        project.redo("Ada")
        assert project.label_origins()["b.jpg"] == together
        # Labelling one of them again makes it a single decision.
        give("label", {"b": "monocyte"})
        assert project.label_origins()["b.jpg"] == LabelOrigin("label", 1)
        # Renaming a class is no decision on an image.
        give("classes", {"b": "mono", "e": "mono"})
        assert project.label_origins()["b.jpg"] == LabelOrigin("label", 1)
        assert "e.jpg" not in project.label_origins()
        project.undo("Ada")
        assert project.label_origins()["b.jpg"] == LabelOrigin("label", 1)
        # One image of several selected ones.
        changes = [("f.jpg", "label", "basophil")]
        project.apply("confirm", changes, who="Ada", reason=BULK_REASON)
        origin = project.label_origins()["f.jpg"]
        assert not origin.is_single
        assert origin.is_bulk_confirmed
