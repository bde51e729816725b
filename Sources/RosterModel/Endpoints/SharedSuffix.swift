/// Suffixes under which anyone can register a name, so that a wildcard with one of them would admit untrusted hosts.
enum SharedSuffix {
    /// Returns the suffix that `name` equals or is below, or nil.
    static func containing(_ name: String) -> String? {
        table.first { name == $0 || name.hasSuffix("." + $0) }
    }

    private static let table = [
        "amazonaws.com", "api.gateway.dev", "appspot.com", "awsapprunner.com", "azure-api.net", "azureedge.net",
        "azurefd.net", "azurestaticapps.net", "azurewebsites.net", "cloudapp.azure.com", "cloudapp.net",
        "cloudflareaccess.com", "cloudfront.net", "cloudfunctions.net", "deno.dev", "firebaseapp.com", "fly.dev",
        "github.io", "gitlab.io", "herokuapp.com", "hf.space", "lambda-url.on.aws", "loca.lt", "modal.run",
        "netlify.app", "ngrok-free.app", "ngrok-free.dev", "ngrok.app", "ngrok.dev", "ngrok.io", "on.aws",
        "onrender.com", "pages.dev", "railway.app", "render.com", "repl.co", "replit.app", "replit.dev", "run.app",
        "surge.sh", "trafficmanager.net", "trycloudflare.com", "vercel.app", "web.app", "workers.dev",
    ]
}
