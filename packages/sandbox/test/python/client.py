"""The calls of the guide's samples by zeep. Usage: client.py STEP WSDL CERTIFICATE PASSPHRASE CA [ID]

Prints a line of JSON: the answer, and the headers that zeep put into the envelope.
"""

import json
import ssl
import sys

import requests
from requests.adapters import HTTPAdapter
from zeep import Client
from zeep.exceptions import Fault
from zeep.plugins import HistoryPlugin
from zeep.transports import Transport

step, wsdl, certificate, passphrase, ca = sys.argv[1:6]


class ClientCertificate(HTTPAdapter):
    """requests itself cannot open an encrypted key."""

    def init_poolmanager(self, *args, **kwargs):
        context = ssl.create_default_context(cafile=ca)
        context.load_cert_chain(certificate, password=passphrase)
        super().init_poolmanager(*args, ssl_context=context, **kwargs)


session = requests.Session()
session.trust_env = False
session.verify = ca
session.mount("https://", ClientCertificate())
history = HistoryPlugin()
client = Client(wsdl, transport=Transport(session=session), plugins=[history])

request = {
    "ClientInfo": {"ClientCode": "31129900000", "ClientFirstName": "Ernests", "ClientName": "Paraudziņš"},
    "PaymentObject": "02Y70 payment",
    "PriceList": {
        "PriceListStructure": [
            {"Item": 1, "ItemElementName": "Quantity", "Position": "53"},
            {"Item": "12.12", "ItemElementName": "Amount", "Position": "54"},
        ]
    },
    "ResponseUrl": "http://127.0.0.1:9/back?id=",
    "ServiceStep": "02Y70",
    "SwiftCode": "DEMO0000",
}

try:
    if step == "create":
        saved = client.service.SavePaymentRequest(paymentRequest={"PaymentRequest": request})
        answer = {"id": saved.PaymentRequestId, "url": saved.PaymentRequestUrl}
    elif step == "status":
        answer = {"status": client.service.CheckPaymentRequestStatus(paymentRequestId=sys.argv[6])}
    elif step == "providers":
        found = client.service.CheckPaymentRequestStatusWpt(paymentRequestId=sys.argv[6])
        answer = {"status": found.RequestStatus, "providers": found.PaymentProviders}
    else:
        found = client.service.CheckPaymentStatus(paymentRequestId=sys.argv[6], position=step)
        answer = {"status": found.RequestStatus, "provider": found.PaymentProvider}
except Fault as fault:
    detail = fault.detail.find(".//{*}PaymentRequestFault/{*}ErrorCode")
    answer = {"fault": fault.message, "code": None if detail is None else detail.text}

headers = history.last_sent["envelope"].findall(".//{http://schemas.xmlsoap.org/soap/envelope/}Header/*")
print(json.dumps({**answer, "headers": [header.tag for header in headers]}))
