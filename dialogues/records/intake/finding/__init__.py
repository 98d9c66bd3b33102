"""What stands in a text: days, countries, people, meetings; of which round a sentence tells."""
