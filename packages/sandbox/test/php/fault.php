<?php
// What an agency's own PHP can read in a fault, beyond the message that the guide's samples show.
$wsdlUrl = 'https://tv-vraa.zzdats.lv/services/VRAA.VISS2.MM.Endpoint/v1.0/WCFX509/PaymentRequestService.svc?singleWsdl';
$authCertPath = '/path/to/mm.pem';
$client = new SoapClient($wsdlUrl, array('soap_version' => SOAP_1_1, 'local_cert' => $authCertPath, 'passphrase' => 'demo'));
try
{
	$client->CheckPaymentRequestStatus(array('paymentRequestId' => '99e083d2-688f-481a-bb85-420eb11e6927'));
}
catch (SoapFault $ex)
{
	$detail = $ex->detail->PaymentRequestFault;
	header('Content-Type: application/json');
	echo json_encode(array('code' => $detail->ErrorCode, 'message' => $detail->Message));
}
