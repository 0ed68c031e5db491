# shellcheck shell=bash
# The certificate that the silo serves: one that was given, or one from a small authority of this club's own.

prepare_tls() {
  case ${settings[tls]} in
    self) issue_certificate ;;
    given) if ((${#certificate[@]})); then adopt_certificate "${certificate[@]}"; fi ;;
  esac
}

# The user that runs the silo may not be allowed to read the files where they are.
adopt_certificate() {
  local of_certificate of_key
  of_certificate=$(openssl x509 -in "$1" -noout -pubkey 2>/dev/null) || fail '%s is not a certificate in PEM form.' "$1"
  of_key=$(openssl pkey -in "$2" -pubout -passin pass: 2>/dev/null) || fail '%s is not a private key in PEM form.' "$2"
  [[ $of_certificate == "$of_key" ]] || fail 'The key %s does not belong to the certificate %s.' "$2" "$1"
  as_owner mkdir -p "$data/tls"
  keep "$data/tls/given.crt" <"$1"
  keep "$data/tls/given.key" <"$2"
}

certificate_names() {
  local host=${settings[public_url]#*://}
  host=${host%%[/:]*}
  printf 'IP:127.0.0.1,IP:::1'
  printf '%s\n' localhost "$(hostname)" "$host" | LC_ALL=C sort -u | while read -r host; do
    if [[ $host =~ ^[0-9.]+$ ]]; then
      printf ',IP:%s' "$host"
    elif [[ -n $host ]]; then
      printf ',DNS:%s' "$host"
    fi
  done
}

# Issued again when the names change or less than a month is left; the authority stays, so devices keep their trust.
issue_certificate() {
  local names folder=$data/tls
  names=$(certificate_names)
  as_owner mkdir -p "$folder"
  if [[ ! -f $folder/ca.crt ]]; then
    openssl_quietly req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
      -subj "/CN=SmartClub $(hostname)" -addext "keyUsage=critical,keyCertSign,cRLSign" \
      -keyout "$folder/ca.key" -out "$folder/ca.crt"
  fi
  if [[ -f $folder/self.names && $(<"$folder/self.names") == "$names" ]] &&
    openssl x509 -in "$folder/self.crt" -noout -checkend 2592000 >/dev/null 2>&1; then
    return 0
  fi
  openssl_quietly req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=localhost" \
    -keyout "$folder/self.key" -out "$folder/self.csr"
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n' "$names" |
    keep "$folder/self.ext"
  openssl_quietly x509 -req -in "$folder/self.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -days 820 \
    -set_serial "0x$(od -An -tx1 -N12 /dev/urandom | tr -d ' \n')" -extfile "$folder/self.ext" \
    -out "$folder/self.crt"
  printf '%s\n' "$names" | keep "$folder/self.names"
}

openssl_quietly() {
  local messages
  # shellcheck disable=SC2016 # the inner shell expands these
  messages=$(as_owner bash -c 'umask 077; exec openssl "$@"' openssl "$@" 2>&1) ||
    fail 'The certificate could not be made: %s' "$messages"
}
