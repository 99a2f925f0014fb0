"""The Clean workspace: what does not belong in the folder, in queues, and what a person does about it."""
