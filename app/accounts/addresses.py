"""When two e-mail addresses are the same one."""

import idna


def email_key(email: str) -> str:
    """The form of an address that makes it unique: no blanks around it, A–Z as a–z, the domain as IDNA (UTS 46).

    Only A–Z fold in the part before the @. A full case fold, or a Unicode normal form, would make the Kelvin sign a
    "k", and a mailbox that merely looks like somebody's would open her account.
    """
    mailbox, at, domain = email.strip().rpartition("@")
    return _lower(mailbox) + at + _ascii(domain)


def _lower(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


def _ascii(domain: str) -> str:
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:  # no name that mail could reach; it only has to equal itself
        return _lower(domain)
