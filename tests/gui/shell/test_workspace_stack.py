"""Workspace stack, requests between workspaces, and activities."""

from clean_helpers import deliver_batch, quality_batch

from engine.jobs import Job
from gui.jobs.activities import Activities, Activity
from gui.jobs.workers import Workers

WAIT_MS = 10_000


def test_start_page_is_shown_until_a_source_is_open(window):
    assert window.workspaces.current is None
    window.workspaces.go("review")
    assert window.workspaces.current is None
    assert not window.context.inspector.isVisible()


def test_open_source_is_shown_with_the_inspector(opened):
    assert opened.workspaces.current is opened.review
    assert opened.context.inspector.isVisible()


def test_inspector_is_hidden_where_it_would_be_empty(opened, qtbot):
    inspector = opened.context.inspector
    for key in ("train", "clean", "report"):
        opened.workspaces.go(key)
        assert not inspector.isVisible()
    opened.workspaces.go("clean")
    clean = opened.workspaces.current
    deliver_batch(clean, quality_batch("platelet/c1.png"))
    assert inspector.isVisible()
    assert opened.session.current.path == "platelet/c1.png"
    clean.show_summary()
    assert not inspector.isVisible()
    opened.workspaces.go("review")
    assert inspector.isVisible()


def test_requested_images_are_shown_alone_until_all_are_requested(opened, qtbot):
    gallery, model = opened.review.gallery, opened.review.gallery.model
    everything = model.rowCount()
    opened.context.show_images(["platelet/c1.png", "basophil/c0.png"], "Predicted as another class")
    assert [model.path(row) for row in range(model.rowCount())] == [
        "basophil/c0.png",
        "platelet/c1.png",
    ]
    assert opened.session.current.path == "basophil/c0.png"
    assert gallery.filter_chip.isVisible()
    assert gallery.filter_chip.label.accessibleName() == "Predicted as another class"
    gallery.filter_chip.button.click()
    assert model.rowCount() == everything
    assert not gallery.filter_chip.isVisible()


def test_requested_removed_images_are_shown(opened, qtbot):
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    opened.decisions.remove(["platelet/c1.png"])
    removed = opened.session.item
    qtbot.waitUntil(lambda: removed("platelet/c1.png").removed, timeout=WAIT_MS)
    opened.context.show_images(["platelet/c1.png"], "Removed")
    assert opened.review.gallery.model.rowCount() == 1


def test_requested_image_keeps_the_large_view_open(opened):
    opened.review.gallery.view.show_path("basophil/c0.png")
    opened.review.toggle_large()
    opened.context.show_image_requested.emit("platelet/c5.png")
    assert opened.session.current.path == "platelet/c5.png"
    assert opened.review.is_large


def test_page_of_the_report_that_is_asked_for_has_the_keyboard(opened):
    opened.workspaces.go("report")
    report = opened.workspaces.current
    report.show_page("count")
    opened.workspaces.go("review")
    opened.workspaces.show_sign_off()
    assert report.page_key == "signing"
    assert opened.focusWidget() is report.page_list.buttons["signing"]


def test_activity_ends_when_its_task_ends_or_is_dropped(qapp, qtbot):
    workers, activities = Workers(), Activities()

    def endless(job: Job) -> None:
        job.progress(1, 4)
        while True:
            job.wait(0.01)

    first = Activity(workers.start(endless), "One")
    second = Activity(workers.start(endless), "Two")
    activities.show(first)
    activities.show(second)
    assert activities.running == (first, second)
    qtbot.waitUntil(lambda: activities.progress(first) is not None, timeout=WAIT_MS)
    assert activities.progress(first).total == 4
    workers.drop(second.task)
    assert activities.running == (first,)
    first.cancel()
    qtbot.waitUntil(lambda: not activities.running, timeout=WAIT_MS)
    workers.close()
