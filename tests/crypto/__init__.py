"""What the key files promise, and a second implementation of them to compare with."""
