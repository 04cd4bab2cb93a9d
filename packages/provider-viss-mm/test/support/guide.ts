import type { SoapValue } from "../../src/internal/soap/serialise.ts"

/**
 * The request of the integration guide's PHP sample, its texts replaced by invented ones with every character that XML
 * treats in a special way. Lists are plain arrays; members are given in no particular order.
 */
export const guideRequest = {
  PaymentRequestStatus: null,
  PaymentRequestResponse: null,
  PaymentRequestPPK: null,
  Payment: null,
  PaymentRequest: {
    SwiftCode: "DEMO0000",
    ServiceStep: "02Y70",
    ServerResponseUrl: "https://iestade.example/zina?a=1&id=",
    ResponseUrl: "https://iestade.example/atpakal?a=1&id=",
    PriceList: [
      { Position: "53", ItemElementName: "Quantity", Item: "4.56" },
      { Item: "12.10", ItemElementName: "Amount", Position: "054" }
    ],
    PaymentObject: 'Nodeva <"02Y70"> & ]]> \u{1F4B6}\r\nāčēģīķļņšūž',
    ParentPaymentRequestID: null,
    NoInvoice: false,
    ExpiryDate: "2026-12-31T23:59:59+02:00",
    ExpiryDateSpecified: true,
    ClientInfo: {
      ClientPhone: "20000000",
      ClientName: "Paraugs",
      ClientFirstName: "Tests",
      ClientEMail: "tests@iestade.example",
      ClientCode: "00000000000",
      ClientAddress: "Parauga iela 1, Rīga"
    },
    AllowedBanks: [{ SwiftCode: "HABALV22" }, { SwiftCode: "UNLALV2X" }]
  }
} satisfies SoapValue

/** The same as the soap package wants it: with the list items' names. */
export const guideRequestForSoap = {
  ...guideRequest,
  PaymentRequest: {
    ...guideRequest.PaymentRequest,
    PriceList: { PriceListStructure: guideRequest.PaymentRequest.PriceList },
    AllowedBanks: { AllowedBankStructure: guideRequest.PaymentRequest.AllowedBanks }
  }
}

/** A reply as WCF writes it: a default namespace on the wrapper, a prefix for the data. */
export const saveReply = `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
  <s:Body>
    <SavePaymentRequestResponse xmlns="http://tempuri.org/">
      <SavePaymentRequestResult xmlns:a="http://schemas.datacontract.org/2004/07/VRAA.VISS2.MM.Endpoint" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
        <a:PaymentRequestId>08840043-1c60-e211-b74f-0050569b000e</a:PaymentRequestId>
        <a:PaymentRequestUrl>https://mm.example/Payments/?id=08840043-1c60-e211-b74f-0050569b000e&amp;x=1</a:PaymentRequestUrl>
      </SavePaymentRequestResult>
    </SavePaymentRequestResponse>
  </s:Body>
</s:Envelope>`
