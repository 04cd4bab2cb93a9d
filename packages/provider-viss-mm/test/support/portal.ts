import type { Sandbox } from "@maksa/sandbox"

/** The portal's services in a sandbox. The name of the protected services and the message type are the sandbox's own. */
export const portalServices = ({ ready: { vissMm: urls } }: Sandbox) => ({
  sts: { url: urls.sts },
  pfas: { url: urls.pfas, appliesTo: "https://ivis.eps.gov.lv/VRAA.VISS2.MM.Endpoint" },
  requestService: {
    url: urls.ivis,
    eServiceId: "URN:IVIS:100001:EP-TEST01-v1-0",
    messageType: "URN:IVIS:100001:XSD-EPAK-PaymentsData-v1-0-TYPE-PaymentsDataStructure"
  }
})
