"""How images came to their class: alone or with others, whatever was undone and done again."""

from project_help import link, put

from engine.project.project import Project
from engine.project.reviewers import Given


def test_the_journal_knows_what_was_decided_together(tmp_path):
    folder = tmp_path / "images"
    put(folder, **{name: name for name in "abcdef"})
    with Project.create(tmp_path / "p.bloodbench", "p") as project:
        link(project, folder)

        def give(action, classes):
            changes = [(f"{name}.jpg", "label", label) for name, label in classes.items()]
            return project.apply(action, changes, who="Ada")

        give("label", {"a": "monocyte"})
        give("confirm", dict.fromkeys("abc", "basophil"))
        give("confirm", {"d": "basophil"})
        together = Given("confirm", 3)
        assert project.given() == {
            "a.jpg": together, "b.jpg": together, "c.jpg": together, "d.jpg": Given("confirm", 1),
        }  # fmt: skip
        assert together.confirmed_together
        assert not together.alone
        assert Given("label", 3).confirmed_together is False
        assert Given("confirm", 1).confirmed_together is False

        project.undo("Ada")
        assert "d.jpg" not in project.given()
        project.undo("Ada")
        assert project.given() == {"a.jpg": Given("label", 1)}
        project.redo("Ada")
        assert project.given()["a.jpg"] == together
        project.undo("Ada")
        project.redo("Ada")
        assert project.given()["b.jpg"] == together
        # Who looks at one of them again decides on it.
        give("label", {"b": "monocyte"})
        assert project.given()["b.jpg"] == Given("label", 1)
        # To rename what was decided is no decision on an image.
        give("classes", {"b": "mono", "e": "mono"})
        assert project.given()["b.jpg"] == Given("label", 1)
        assert "e.jpg" not in project.given()
        project.undo("Ada")
        assert project.given()["b.jpg"] == Given("label", 1)
