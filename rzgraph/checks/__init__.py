"""What is wrong: shapes, check queries and fragments in, findings out."""
