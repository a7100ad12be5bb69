from setuptools import setup

setup()  # scrapyd-deploy would write a file into the tree if there were none
