"""What pages show of an answer: plain values shaped from the answer document, without database or clock."""
