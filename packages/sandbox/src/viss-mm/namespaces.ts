/** Namespaces of the WSDL in `assets/`: WCF's defaults, because the real ones are not public. */
export const namespaces = {
  soap: "http://schemas.xmlsoap.org/soap/envelope/",
  service: "http://tempuri.org/",
  data: "http://schemas.datacontract.org/2004/07/VRAA.VISS2.MM.Endpoint",
  instance: "http://www.w3.org/2001/XMLSchema-instance",
  wcfAddressing: "http://schemas.microsoft.com/ws/2005/05/addressing/none",
  wcfDispatcher: "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher"
} as const

export const soapActionPrefix = "http://tempuri.org/IPaymentRequestService/"
