"""What is found in an article: its language, sentences, places, dates, tolls and topics."""
