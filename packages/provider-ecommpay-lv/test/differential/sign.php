<?php
// Signs each line of JSON on its input with PHP's own natural order and HMAC, by the rule that ecommpay publishes. With the
// folder of ecommpay's PHP SDK as second argument its SignatureHandler signs instead.
[, $secret] = $argv;
$sdk = $argv[2] ?? '';
if ($sdk !== '') require $sdk . '/src/SignatureHandler.php';

function collect(array $object, string $above, array &$lines): void
{
    foreach ($object as $name => $value) {
        if ($name === 'frame_mode') continue;
        $path = $above . str_replace(':', '::', (string) $name);
        if (is_array($value)) collect($value, $path . ':', $lines);
        else $lines[$path] = $path . ':' . (is_bool($value) ? (int) $value : $value);
    }
}

function signature(array $body, string $secret): string
{
    $lines = [];
    collect($body, '', $lines);
    ksort($lines, SORT_NATURAL);
    return base64_encode(hash_hmac('sha512', implode(';', $lines), $secret, true));
}

while (($json = fgets(STDIN)) !== false) {
    $body = json_decode($json, true, 64, JSON_THROW_ON_ERROR);
    echo $sdk === '' ? signature($body, $secret) : (new ecommpay\SignatureHandler($secret))->sign($body), "\n";
}
