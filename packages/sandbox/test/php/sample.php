<?php
// The calls of the MM integration guide's PHP samples (2.3, 2.4, 2.5); only URL, certificate path and CA come from outside.
// Usage: php -d openssl.cafile=CA -d curl.cainfo=CA sample.php STEP WSDL CERTIFICATE PASSPHRASE [INVOICES ID]
[, $step, $wsdlUrl, $authCertPath, $authCertPass] = $argv;

function soap($wsdlUrl, $authCertPath, $authCertPass)
{
	return new SoapClient($wsdlUrl, array('soap_version' => SOAP_1_1, 'local_cert' => $authCertPath, 'passphrase' => $authCertPass, 'cache_wsdl' => WSDL_CACHE_NONE));
}

try
{
	if ($step === 'save')
	{
		$resp = soap($wsdlUrl, $authCertPath, $authCertPass)->SavePaymentRequest(array(
			'paymentRequest' => array
			(
				'Payment' => null,
				'PaymentRequest' => array
				(
					'ClientInfo' => array
					(
						'ClientCode' => '31129900000',
						'ClientFirstName' => 'Ernests',
						'ClientName' => 'Paraudziņš',
						'ClientEMail' => 'e@p.lv',
						'ClientPhone' => '26620000',
						'ClientAddress' => 'Rātslaukums 1, LV-1050, Rīga'
					),
					'ParentPaymentRequestID' => null,
					'PaymentObject' => '02Y70 payment',
					'PriceList' => array(
						array('Item' => 1, 'ItemElementName' => 'Quantity', 'Position' => 53),
						array('Item' => 12.12, 'ItemElementName' => 'Amount', 'Position' => 54),
					),
					'ResponseUrl' => 'http://jusu-response-url',
					'ServerResponseUrl' => 'http://jusu-response-url-s2s',
					'ServiceStep' => '02Y70',
					'SwiftCode' => 'DEMO0000',
				),
				'PaymentRequestPPK' => null,
				'PaymentRequestResponse' => null,
				'PaymentRequestStatus' => null
			)
		));
		echo json_encode(array('id' => $resp->SavePaymentRequestResult->PaymentRequestId, 'url' => $resp->SavePaymentRequestResult->PaymentRequestUrl));
	}
	if ($step === 'status')
	{
		$resp = soap($wsdlUrl, $authCertPath, $authCertPass)->CheckPaymentRequestStatus(array('paymentRequestId' => $argv[6]));
		echo json_encode(array('status' => $resp->CheckPaymentRequestStatusResult));
	}
	if ($step === 'pdf')
	{
		$ch = curl_init($argv[5] . 'Pdf/' . $argv[6]);
		curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
		curl_setopt($ch, CURLOPT_SSLCERT, $authCertPath);
		curl_setopt($ch, CURLOPT_SSLCERTPASSWD, $authCertPass);
		$data = curl_exec($ch);
		if (curl_errno($ch) != CURLE_OK)
		{
			die(curl_error($ch));
		}
		echo json_encode(array('start' => substr($data, 0, 5), 'bytes' => strlen($data)));
	}
}
catch (SoapFault $ex)
{
	$detail = $ex->detail->PaymentRequestFault ?? null;
	echo json_encode(array('fault' => $ex->getMessage(), 'code' => $detail->ErrorCode ?? null, 'message' => $detail->Message ?? null));
}
