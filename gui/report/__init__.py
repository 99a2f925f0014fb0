"""Report workspace: differential count, evaluation, sign-off, and export of report, model and labels."""
