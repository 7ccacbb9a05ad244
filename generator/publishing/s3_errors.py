"""What an S3 storage, and the way to it, say of errors, in German."""

from collections.abc import Mapping

from generator.publishing.failure import Failure, Interruption

__all__ = ["failure_of_code", "failure_of_error"]

_DENIED = (
    "Mit diesem Zugang darf man das hier nicht. Gebraucht werden für diesen Bucket die Rechte s3:ListBucket, "
    "s3:GetObject, s3:PutObject und s3:DeleteObject."
)
_KEY = "Der Speicher kennt diesen Zugang nicht. AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY prüfen."
_REGION = "Der Bucket liegt in einer anderen Region. Die richtige in der Adresse angeben: s3://…?region=…."
_FULL = "Der Speicher ist voll oder das Kontingent erschöpft. Platz schaffen und noch einmal veröffentlichen."
_CUT_OFF = "Die Verbindung zum Speicher ist abgerissen. Noch einmal veröffentlichen; was schon dort ist, bleibt."
_BUSY = "Der Speicher ist überlastet oder gestört. Später noch einmal veröffentlichen; was schon dort ist, bleibt."
_CLOCK = "Die Uhr dieses Rechners geht falsch, deshalb nimmt der Speicher nichts an. Die Uhr stellen (NTP einschalten)."
_BUCKET = "Den Bucket gibt es nicht. Ihn anlegen oder den Namen in der Adresse berichtigen."
_EXPIRED = "Der Zugang ist abgelaufen. Sich neu anmelden oder einen neuen Schlüssel eintragen."
_NO_KEY = (
    "Es ist kein Zugang zum Speicher angegeben. AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY setzen, oder ihn in "
    "~/.aws/credentials eintragen."
)
_ENDPOINT = "Der Speicher ist nicht zu erreichen. Die Adresse hinter „endpoint“ und die Verbindung zum Netz prüfen."
_NAME = "So kann kein Bucket heißen. Den Namen in der Adresse berichtigen."
_NO_REGION = "Es fehlt die Region. Sie in der Adresse angeben: s3://…?region=…."
_CERTIFICATE = "Das Zertifikat des Speichers ist nicht gültig. Beim Betreiber nachfragen; so wird nichts übertragen."

_BY_CODE: Mapping[str, tuple[type[Failure], str]] = {
    "NoSuchBucket": (Failure, _BUCKET),
    "AccessDenied": (Failure, _DENIED),
    "AllAccessDisabled": (Failure, _DENIED),
    "403": (Failure, _DENIED),
    "InvalidAccessKeyId": (Failure, _KEY),
    "SignatureDoesNotMatch": (Failure, _KEY),
    "AuthorizationHeaderMalformed": (Failure, _REGION),
    "PermanentRedirect": (Failure, _REGION),
    "301": (Failure, _REGION),
    "RequestTimeTooSkewed": (Failure, _CLOCK),
    "ExpiredToken": (Failure, _EXPIRED),
    "InvalidToken": (Failure, _EXPIRED),
    "InvalidBucketName": (Failure, _NAME),
    "QuotaExceeded": (Failure, _FULL),
    "XMinioStorageFull": (Failure, _FULL),
    "507": (Failure, _FULL),
    "RequestTimeout": (Interruption, _CUT_OFF),
    "IncompleteBody": (Interruption, _CUT_OFF),
    "BadDigest": (Interruption, _CUT_OFF),
    "SlowDown": (Interruption, _BUSY),
    "InternalError": (Interruption, _BUSY),
    "ServiceUnavailable": (Interruption, _BUSY),
    "500": (Interruption, _BUSY),
    "502": (Interruption, _BUSY),
    "503": (Interruption, _BUSY),
    "504": (Interruption, _BUSY),
}
"""By the code in the storage's answer (Amazon S3 API Reference, Error responses)."""

_BY_KIND: Mapping[str, tuple[type[Failure], str]] = {
    "NameResolutionError": (Failure, _ENDPOINT),
    "NewConnectionError": (Failure, _ENDPOINT),
    "ConnectTimeoutError": (Interruption, _CUT_OFF),
    "ProxyError": (Failure, _ENDPOINT),
    "SSLError": (Failure, _CERTIFICATE),
    "ResponseError": (Interruption, _BUSY),
    "ServerError": (Interruption, _BUSY),
    "HTTPError": (Interruption, _CUT_OFF),
    "InvalidResponseError": (Failure, _ENDPOINT),
}
"""By the name of the library's exception, or of one that it is a kind of."""

_BY_WORDS: Mapping[str, str] = {"providers": _NO_KEY, "bucket": _NAME, "region": _NO_REGION}
"""By a word in what the library says of a value that it refuses."""


def failure_of_code(code: str, message: str) -> Failure:
    """Return what the storage's answer means.

    Args:
        code: the code in it, or its status.
        message: what it says, in whatever language.
    """
    kind, text = _BY_CODE.get(code, (Failure, ""))
    return kind(text or f"Der Speicher lehnt ab: „{code}: {message[:200]}“. Beim Betreiber nachfragen.")


def failure_of_error(error: Exception) -> Failure:
    """Return what one of the library's exceptions means, or what led to it."""
    reason = getattr(error, "reason", None)
    error = reason if isinstance(reason, Exception) else error
    for kind in type(error).__mro__:
        if kind.__name__ in _BY_KIND:
            failure, text = _BY_KIND[kind.__name__]
            return failure(text)
    said = str(error)
    told = next((text for word, text in _BY_WORDS.items() if word in said), None)
    return Failure(told or f"Der Speicher ist nicht zu benutzen: „{said[:200]}“. Die Adresse und den Zugang prüfen.")
