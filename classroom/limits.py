"""What rooms may ask for, so that a shared server stays alive and codes cannot be guessed: plain data."""

from datetime import timedelta

PEOPLE = 200  # in one room
ROOMS, ROOMS_OF_SOURCE = 500, 100  # in one database; that people from one address open or enter
QUESTIONS = (1, 30)  # of one room
POSITION = (0, QUESTIONS[1] - 1)
LIFE, UNUSED = timedelta(days=30), timedelta(days=3)  # of a room; of one that nobody has entered or begun
QUESTION_CHARACTERS = 16000  # of a question as a text: an address, with all settings of an experiment
ANSWER_CHARACTERS = 200
SETTINGS_CHARACTERS = 8000  # of a cell, of a goal's settings, of measured values: each as JSON
COST = (0.0, 1e9)  # of an attempt at a goal
SEEDS_TRIED = (1, 1000)  # by which an attempt is checked
SOURCE_CHARACTERS = 200  # of an address of the internet

# There are 24 ** 5 codes, 8 million.  With 10 rooms open, 3,000 wrong codes in ten minutes find one of them in two days
# on average, and 60 from one address in three months.
WRONG_CODES_IN = timedelta(minutes=10)
WRONG_CODES_OF_SOURCE = 60  # a class of 100 behind one address mistypes its code, too
WRONG_CODES = 3000  # of all
