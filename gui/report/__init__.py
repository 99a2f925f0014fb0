"""The Report workspace: the count, the evaluation, the check list and sign-off, and the report as files."""
