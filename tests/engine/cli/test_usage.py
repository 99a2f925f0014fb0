"""Wrong usage: one sentence that says what is needed and what for, before anything is read or written."""

import pytest


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        ("classify IN", "--out FILE is needed for the table (- is standard output), unless --maps is given"),
        ("scan IN", "--out FILE is needed for the table (- is standard output), unless --quarantine"),
        ("cells IN", "unless --crops or --boxes is given"),
        ("cells IN --out - --boxes-as voc", "--boxes-as needs --boxes DIR, the folder for the boxes"),
        ("evaluate IN", "--out DIR is needed (the folder for the results)"),
        ("report", "FOLDER|PROJECT is needed (images in folders"),
        ("report", "--out DIR is needed (the folder for the report)"),
        ("train IN --out o", "--recipe NAME|PATH is needed (a shipped recipe"),
        ("export IN --out o", "--as FORMAT is needed"),
        ("export IN --as folder --size 64 --out o", "--size is for npz and medmnist; folder keeps"),
        ("export IN --as npz --size 4 --out o", "from 8 to 1024 pixels"),
        ("report IN --out o --robustness -3", "not a number of images"),
        ("compare tiny --data IN --out o --corrupted few", "not a number of images"),
        ("fetch --variant 28", "NAME is needed for --variant and --out"),
        ("fetch bloodmnist", "--out DIR is needed, the folder to download into"),
        ("scan IN --out - --kinds ,", "',' names no kind"),
        ("models --json --prepare", "not allowed with argument"),
        ("classify --bogus", "There is no option --bogus"),
        ("classify IN --bogus 3 --out", "There is no option --bogus"),
        ("evaluate IN -o x --bogus=3", "There is no option -o, --bogus"),
        ("train IN --recip r", "There is no option --recip"),
        ("backups --bogus", "There is no option --bogus"),
    ],
)  # fmt: skip
def test_what_is_needed_is_said(cli, tmp_path, monkeypatch, argv, sentence):
    monkeypatch.chdir(tmp_path)
    done = cli(*argv.split())
    assert (done.status, done.out) == (2, "")
    assert sentence in done.sentence
    assert f"main.py {argv.split()[0]} --help" in done.sentence
    assert not list(tmp_path.iterdir())


def test_values_and_files_that_look_like_options(cli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "-x y does not exist" in cli("classify", "-x y", "--out", "-").sentence
    assert "--bogus does not exist" in cli("classify", "--out", "-", "--", "--bogus").sentence
    assert "-7 does not exist" in cli("classify", "-7", "--out", "-").sentence
    assert cli("classify", "--bogus", "--help").status == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["scan", "", "--out", "-"], "An argument is empty"),
        (["scan", "IN", "--quarantine", ""], "--quarantine is empty"),
        (["evaluate", "IN", "--out="], "--out is empty"),
        (["evaluate", "IN", "--no-cache", "", "--out", "o"], "An argument is empty"),
        (["compare", "tiny", "--data", "", "--out", "o"], "--data is empty"),
        (["restore", "q", "--to", ""], "--to is empty"),
        (["sample", ""], "An argument is empty"),
        (["classify", "IN", "--model", "", "--out", "-"], "--model is empty"),
    ],
)
def test_an_empty_path_is_not_the_working_folder(cli, cells, monkeypatch, words, says):
    monkeypatch.chdir(cells)
    done = cli(*words)
    assert (done.status, done.out) == (2, "")
    assert says in done.sentence


def test_texts_may_be_empty(cli):
    words = ("report", "missing", "--title", "", "--session", "operator=", "--out", "o")
    assert "missing does not exist" in cli(*words).sentence
    assert "missing" in cli("merge", "missing", "other", "--who=").sentence


def test_options_before_the_command(cli):
    done = cli("--bogus", "classify", "--out", "-")
    assert done.status == 2
    assert "There is no option --bogus" in done.sentence
    assert "FOLDER is needed" in cli("classify").sentence
