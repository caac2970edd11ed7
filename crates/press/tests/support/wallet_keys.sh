#!/bin/sh
# Certificates and keys for tests of wallet passes, made by OpenSSL in a folder: a root, an intermediate, a certificate for passes with
# its key (as PKCS#8 and as PKCS#1), one that ends within a day, another key, and a service account.
#
#   sh wallet_keys.sh DIR
set -eu
cd "$1"
quiet() { "$@" 2>openssl.log || { cat openssl.log >&2; exit 1; }; }
curve='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'

printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' >authority.ext
printf 'keyUsage=critical,digitalSignature\n' >pass.ext

# shellcheck disable=SC2086 # The words of $curve are several.
{
  quiet openssl req -x509 $curve -keyout root.key -out root.pem -days 36500 -subj '/O=Test/CN=Test Root'
  quiet openssl req $curve -keyout intermediate.key -out intermediate.csr -subj '/O=Test/OU=G4/CN=Test Developer Relations'
  quiet openssl req -x509 $curve -keyout other.key -out other_intermediate.pem -days 365 -subj '/O=Test/OU=G3/CN=Test Developer Relations'
}
quiet openssl x509 -req -in intermediate.csr -CA root.pem -CAkey root.key -CAcreateserial -days 36500 -extfile authority.ext -out intermediate.pem
quiet openssl req -newkey rsa:2048 -nodes -keyout pass.key -out pass.csr \
  -subj '/UID=pass.example.jugnu.tickets/CN=Pass Type ID: pass.example.jugnu.tickets/OU=TEAM123456/O=Jugnu Tickets/C=CA'
quiet openssl x509 -req -in pass.csr -CA intermediate.pem -CAkey intermediate.key -CAcreateserial -days 3650 -extfile pass.ext -out pass.pem
quiet openssl x509 -req -in pass.csr -CA intermediate.pem -CAkey intermediate.key -CAcreateserial -days 1 -extfile pass.ext -out short.pem
quiet openssl pkey -in pass.key -traditional -out pass_pkcs1.key
quiet openssl pkey -in pass.key -aes256 -passout pass:secret -out pass_locked.key
quiet openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out account.key
quiet openssl rsa -in account.key -RSAPublicKey_out -outform DER -out account.public
printf '{"type":"service_account","client_email":"wallet@jugnu-tickets-example.iam.gserviceaccount.com","private_key":"%s"}\n' \
  "$(awk '{printf "%s\\n", $0}' account.key)" >account.json
