"""A pasted news page of our own: one article, four briefs, a menu, a call to action, a cut-off teaser."""

PAGE = """\
Home World Business Sport Video
Harbour town counts the cost of a wet December
Traders in the old harbour quarter of Essaouira, Morocco, spent Tuesday (16 December) carrying sodden carpets out of \
cellars after a second night of rain, and most of them had no insurance to call on.
The water came over the sea wall shortly after midnight, said Amina Belkadi, who has sold lamps near the gate for \
twenty years. Belkadi said she had never seen the square under water before.
The mayor's office promised the traders help with pumps. It also asked them to keep receipts, since a fund for small \
shops would open within days.
Belkadi doubts that the fund will be enough. She plans to move her stock to her brother's house until spring.
At least nine people were killed and fourteen others injured when a minibus slid off a mountain road near Safi in \
western Morocco on Sunday, police said on Monday (15 December).
Kazakhstan and Kyrgyzstan opened a second lane for lorries at the Korday crossing on 10 December, customs officials said.
A gallery in Vienna, Austria, showed carpets from Azerbaijan on 5 December; the director of the museum opened the show.
Doctors in Tbilisi, Georgia, began a free programme of eye tests for pupils on Monday (8 December), the health ministry said.
A gallery in Vienna, Austria, showed carpets from Azerbaijan on 5 December; the director of ...
Subscribe to our newsletter and never miss a story.
What do you think about this topic?
"""
