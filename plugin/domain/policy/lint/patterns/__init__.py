"""What sentences at fault look like, one file a language: lists of regular expressions by what they tell of."""
