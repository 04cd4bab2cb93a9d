<?php
header('Content-Type: text/html; charset=utf-8');

$wsdlUrl = 'https://tv-vraa.zzdats.lv/services/VRAA.VISS2.MM.Endpoint/v1.0/WCFX509/PaymentRequestService.svc?singleWsdl';
$authCertPath = '/path/to/mm.pem';
$authCertPass = 'demo';

$client = new SoapClient($wsdlUrl, array('soap_version' => SOAP_1_1, 'local_cert' => $authCertPath, 'passphrase' => $authCertPass));

$paymentRequestId = '99e083d2-688f-481a-bb85-420eb11e6927';

try
{
	$resp = $client->CheckPaymentRequestStatus(array(
		'paymentRequestId' => $paymentRequestId
	));

	echo 'Statuss: ' . $resp->CheckPaymentRequestStatusResult . '<br />';
}
catch(SoapFault $ex)
{
	die('SoapFault: ' . $ex->getMessage());
}
