"""What a document nobody has read yet may say: candidates for a curator to accept, never read by anything else."""
