"""What stands in a text: names, amounts, dates, figures and addresses, and the lines they stand on."""
