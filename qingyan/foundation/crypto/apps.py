"""Sealed fields and their keys as a Django application."""

from django.apps import AppConfig


class CryptoConfig(AppConfig):
    name = "qingyan.foundation.crypto"
    label = "crypto"
