/// A certificate authority of a test, a server's certificate for 127.0.0.1 and `localhost`, and a client's.
package final class TestCertificates: Sendable {
    private let scratch: ScratchFolder

    /// Makes new keys and certificates with `openssl`.
    package init() throws {
        scratch = try ScratchFolder()
        let script = """
            set -e
            openssl ecparam -name prime256v1 -genkey -noout -out key.pem
            openssl req -x509 -new -key key.pem -days 2 -subj /CN=$(basename "$PWD") -out ca.pem
            printf 'basicConstraints=CA:FALSE\\nsubjectAltName=IP:127.0.0.1,DNS:localhost\\n' > server.ext
            printf 'basicConstraints=CA:FALSE\\nextendedKeyUsage=clientAuth\\n' > client.ext
            for name in server client; do
                openssl req -new -key key.pem -subj /O=$name -out $name.csr
                openssl x509 -req -in $name.csr -CA ca.pem -CAkey key.pem -CAcreateserial -days 2 \\
                    -extfile $name.ext -out $name.pem
            done
            """
        _ = try Tools(folder: scratch.path).tool(["sh", "-c", script])
    }

    /// Returns the path of a file: `ca.pem`, `server.pem`, `client.pem`, or `key.pem` of all three.
    package func file(_ name: String) -> String { scratch.path + "/" + name }
}
