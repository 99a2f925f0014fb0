"""Clean workspace: findings of the scan in queues, and the decisions that resolve them."""
