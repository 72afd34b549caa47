"""Gradient checking: is the gradient right?"""
