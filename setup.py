from setuptools import setup; setup()  # scrapyd-deploy would write one into the tree if there were none
