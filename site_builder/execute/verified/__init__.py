"""What authors wrote as output against what came out."""
