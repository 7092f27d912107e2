"""The lessons: a folder for each page, under the page's name, and what all of them share (`lesson`)."""
